/**
 * @file The view of a locked desk: nothing that names a customer, the account, or what is under way. Each field
 * by name: a new one does not compile until it is decided what of it is shown to people who pass by.
 */
import type { DeskView, Draft } from '../../shared/desk-view.ts';
import { requestOf } from '../../shared/request.ts';

export const EMPTY_DRAFT: Draft = { address: '', request: requestOf('registration') };

export const lockedView = (view: DeskView): DeskView => ({
  version: view.version,
  releases: view.releases,
  access: view.access,
  now: view.now,
  practice: view.practice,
  screen: { at: 'locked' },
  businessName: view.businessName,
  account: null,
  vault: view.vault,
  sessionOnly: view.sessionOnly,
  recordsKept: view.recordsKept,
  draft: EMPTY_DRAFT,
  replacing: null,
  answered: null,
  shift: [],
  sends: { left: 0, allowed: 0, freesAt: null, limitSaid: false },
  // How the page looks is among them.
  choices: view.choices,
  refused: {},
  chance: view.chance,
  notices: [],
  practiceMails: [],
  journal: null,
  task: null,
});
