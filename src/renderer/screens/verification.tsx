/**
 * @file One verification: this switch picks the part for its state. Each part is a
 * component of its own, and so begins with its own focus.
 */
import { assertNever } from '../../shared/result.ts';
import { type Screen, type VerificationView } from '../../shared/desk-view.ts';
import { CodePart } from './verification/code.tsx';
import { EndedPart } from './verification/ended.tsx';
import { RefusedPart } from './verification/refused.tsx';
import { VerifiedPart } from './verification/verified.tsx';

type OtherMail = Extract<Screen, { at: 'verification' }>['otherMail'];

interface VerificationScreenProps {
  readonly verification: VerificationView;
  readonly otherMail: OtherMail;
}

export function VerificationScreen({ verification, otherMail }: VerificationScreenProps) {
  switch (verification.state) {
    case 'open': {
      const { delivery } = verification;
      // When an earlier mail went out its code still counts, so the code is still asked for.
      return delivery.state === 'refused' && verification.sends === 0 ? (
        <RefusedPart verification={verification} problem={delivery.problem} />
      ) : (
        <CodePart verification={verification} otherMail={otherMail} />
      );
    }
    case 'verified':
      return <VerifiedPart verification={verification} />;
    case 'expired':
    case 'locked':
    case 'cancelled':
      return <EndedPart verification={verification} state={verification.state} />;
    default:
      return assertNever(verification.state);
  }
}
