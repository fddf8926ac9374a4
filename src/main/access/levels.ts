/**
 * @file What each channel needs: nothing, an operator at the desk, or the owner. Main looks here before any handler runs; a
 * channel without a line does not compile.
 */
import type { Level } from '../../shared/access.ts';
import type { Channel, InputOf } from '../../shared/contract.ts';

type Needs<C extends Channel> = Level | ((input: InputOf<C>) => Level);

const LEVELS: { readonly [C in Channel]: Needs<C> } = {
  // What is at the desk is taken out of the view while the desk is locked.
  'desk.view': 'open',
  'desk.go': ({ to }) => (to === 'settings' ? 'owner' : 'operator'),
  'desk.show': 'operator',
  // What was typed until the desk locked is told after a pause, and must not be lost for it.
  'desk.draft': 'open',
  'desk.advise': 'operator',
  'desk.dismiss': 'operator',
  'desk.networkChanged': 'open',
  'setup.choose': 'owner',
  'setup.draft': 'owner',
  'setup.find': 'owner',
  'setup.save': 'owner',
  // The way out of set-up stays open when the owner's time there is over.
  'setup.cancel': 'operator',
  'account.change': 'owner',
  'account.remove': 'owner',
  'practice.begin': 'operator',
  'practice.leave': 'open',
  'verification.start': 'operator',
  'verification.check': 'operator',
  'verification.resend': 'operator',
  'verification.changeAddress': 'operator',
  'verification.again': 'operator',
  'history.search': 'operator',
  'history.show': 'operator',
  'history.note': 'operator',
  'history.copy': 'operator',
  'history.saveReceipt': 'operator',
  'history.savePdf': 'operator',
  'history.print': 'operator',
  'history.export': 'owner',
  'history.cancelExport': 'operator',
  'history.erase': 'owner',
  'journal.changeKey': 'owner',
  // How large the letters are is no secret, and some need it to read at all.
  'settings.choose': (change) =>
    Object.keys(change).every((name) => name === 'theme' || name === 'textSize') ? 'operator' : 'owner',
  'settings.saveName': 'owner',
  'settings.removeAll': 'owner',
  // With these an operator sits down; the PINs are judged behind them.
  'access.sit': 'open',
  'access.enterOwner': 'open',
  'access.recover': 'open',
  'access.lock': 'open',
  'access.leaveOwner': 'open',
  'access.active': 'operator',
  'access.setOwner': 'owner',
  'access.turnOff': 'owner',
  'access.addOperator': 'owner',
  'access.changeOperator': 'owner',
  'access.removeOperator': 'owner',
  // The keychain has the PINs: without it no PIN can be judged.
  'vault.retry': 'open',
  // Memory in place of the keychain has no PIN in it.
  'vault.useSession': 'owner',
  'outside.open': 'operator',
};

export function levelOf<C extends Channel>(channel: C, input: InputOf<C>): Level {
  const needs: Needs<C> = LEVELS[channel];
  return typeof needs === 'function' ? needs(input) : needs;
}
