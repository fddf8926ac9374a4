/** @file What a receipt shows is chosen here, and is no more than that: the rest of the record stays hidden in it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReceiptView, type Showable } from '../../../shared/history.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Tick } from '../../ui/field.tsx';

/** What a receipt is for in most cases: that this mailbox was controlled, and for what. */
const USUAL: readonly Showable[] = ['address', 'details'];

interface ReceiptDialogProps {
  readonly id: string;
  readonly receipt: ReceiptView;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

export function ReceiptDialog({ id, receipt, onSaved, onClose }: ReceiptDialogProps) {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  const [shown, setShown] = useState(() => receipt.canShow.filter((part) => USUAL.includes(part)));
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const save = () =>
    run(async () => {
      setProblem(null);
      const answer = await bridge.history.saveReceipt({ id, show: shown });
      if (answer.ok) onSaved();
      else if (answer.problem.code !== 'called-off') setProblem(answer.problem);
    });
  return (
    <Dialog title={t('history.receiptDialog.title')} held={busy} onClose={onClose}>
      <p>{t('history.receiptDialog.text')}</p>
      <div className="receipt-parts">
        {receipt.canShow.map((part) => (
          <Tick
            key={part}
            title={t(`history.receiptDialog.shows.${part}.title`)}
            text={t(`history.receiptDialog.shows.${part}.text`)}
            checked={shown.includes(part)}
            onChecked={(checked) =>
              // In the order of the receipt and not of the ticking.
              setShown(receipt.canShow.filter((one) => (one === part ? checked : shown.includes(one))))
            }
          />
        ))}
      </div>
      <p className="hint">{t('history.receiptDialog.worth')}</p>
      <Trouble problem={problem} />
      <div className="pin-actions">
        <Button kind="primary" busy={busy} onClick={save}>
          {t('history.receiptDialog.save')}
        </Button>
        <Button unavailable={busy} onClick={onClose}>
          {t('history.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
