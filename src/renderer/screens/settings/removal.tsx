/**
 * @file Something that cannot be undone: its button, the question before it, and what is said when it did not work.
 */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Result } from '../../../shared/result.ts';
import { useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Trouble } from '../../frame/trouble.tsx';

interface RemovalProps {
  readonly label: string;
  readonly kind: 'danger' | 'quiet';
  readonly question: string;
  readonly confirm: string;
  readonly remove: () => Promise<Result<null, AnyProblem>>;
  /** What stands before the button in its row. */
  readonly beside?: ReactNode;
  /** What goes and what stays. */
  readonly children: ReactNode;
}

export function Removal({ label, kind, question, confirm, remove, beside, children }: RemovalProps) {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const confirmed = () =>
    run(async () => {
      const answer = await remove();
      setAsking(false);
      setProblem(answer.ok ? null : answer.problem);
    });
  return (
    <>
      <Trouble problem={problem} />
      <div className="section-actions">
        {beside}
        <Button kind={kind} onClick={() => setAsking(true)}>
          {label}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={question}
          confirm={confirm}
          cancel={t('settings.keep')}
          busy={busy}
          onConfirm={confirmed}
          onClose={() => setAsking(false)}
        >
          {children}
        </Confirm>
      )}
    </>
  );
}
