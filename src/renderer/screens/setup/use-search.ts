/**
 * @file Looking for the servers of the account's own domain: on a press, with what was found put into the fields, where it
 * can be seen and changed.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ServerSearch } from '../../../shared/mail-servers.ts';
import { IMAPS_PORT } from '../../../shared/mail-servers.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { type AccountEntry } from './use-account-form.ts';

export interface Search {
  readonly busy: boolean;
  /** What came of the last one, as long as the address is the one it was for; null before. */
  readonly last: ServerSearch | null;
  readonly find: () => void;
}

export function useSearch(entry: AccountEntry): Search {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [last, setLast] = useState<{ address: string; search: ServerSearch } | null>(null);
  const { address } = entry.entered;
  const find = () =>
    run(async () => {
      entry.flush();
      const answer = await bridge.setup.find();
      const search: ServerSearch = answer.ok ? answer.value : { result: 'no-answer' };
      const now = entry.now();
      // What was entered meanwhile is another domain's, or the server itself.
      if (now.address !== address || now.host.trim() !== '') return;
      setLast({ address, search });
      announce(t(`setup.search.results.${search.result}`));
      if (search.result !== 'found') return;
      const { server, user, mailbox } = search.found;
      entry.set({
        host: server.host,
        port: String(server.port),
        security: server.security,
        user: user === 'local-part' ? address.trim().replace(/@[^@]*$/, '') : '',
        mailboxHost: mailbox === null || mailbox.host === server.host ? '' : mailbox.host,
        mailboxPort: String(mailbox?.port ?? IMAPS_PORT),
      });
    });
  return { busy, last: last?.address === address ? last.search : null, find };
}
