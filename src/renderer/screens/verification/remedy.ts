/**
 * @file What the buttons are called that help after a cause, and whether what they help with is already done.
 */
import { useTranslation } from 'react-i18next';
import { type NextStep } from '../../../shared/causes.ts';
import { type DeskView } from '../../../shared/desk-view.ts';
import { useView } from '../../bridge.ts';

export function useRemedy(): { readonly label: Readonly<Record<NextStep, string>> } {
  const { t } = useTranslation();
  const ownServer = useView().account?.form.kind === 'server';
  return {
    label: {
      retry: t('refused.again'),
      address: t('refused.address'),
      password: ownServer ? t('refused.passwordServer') : t('refused.password'),
      account: t('refused.account'),
      vault: t('frame.lookAgain'),
      renew: t('ended.again'),
    },
  };
}

/** What was in the way is out of it: the account was saved again, or the keychain opened, and trying again is next. */
export function mended({ account, vault }: DeskView, step: NextStep): boolean {
  if (step === 'vault') return vault === 'available';
  return step === 'password' && account?.standing === 'tested' && account.secret !== null;
}
