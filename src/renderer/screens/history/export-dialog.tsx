/**
 * @file Writes what is kept into a file where the person says, with how far it is and a way to stop. It belongs to the owner;
 * main asks for the PIN.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORTS, type ExportFormat } from '../../../shared/history.ts';
import { type EpochMs } from '../../../shared/words.ts';
import { bridge, useOneAtATime, useView } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Picker } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';

interface ExportDialogProps {
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  readonly onClose: () => void;
}

export function ExportDialog({ from, to, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const { task } = useView();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const [rows, setRows] = useState<number | null>(null);
  const start = () =>
    run(async () => {
      setProblem(null);
      setRows(null);
      const answer = await bridge.history.export({ format, from, to });
      if (answer.ok) {
        setRows(answer.value.rows);
        announce(t('history.export.done', { count: answer.value.rows }));
      } else if (answer.problem.code !== 'called-off') setProblem(answer.problem);
    });
  return (
    <Dialog title={t('history.export.title')} held={busy} onClose={onClose}>
      <p>{t(from === null && to === null ? 'history.export.all' : 'history.export.period')}</p>
      <Picker
        variant="cards"
        label={t('history.export.format')}
        value={format}
        options={EXPORTS.map((value) => ({
          value,
          ...t(`history.export.formats.${value}`, { returnObjects: true }),
        }))}
        onValue={setFormat}
      />
      <Trouble problem={problem} />
      {rows !== null && (
        <Note tone="yes">
          <p>{t('history.export.done', { count: rows })}</p>
        </Note>
      )}
      {task === null ? (
        <p className="hint">{t('history.export.warning')}</p>
      ) : (
        <div className="export-progress">
          <p id="export-progress">{t('history.export.running', { done: task.done, of: task.of })}</p>
          <progress aria-labelledby="export-progress" value={task.done} max={Math.max(1, task.of)} />
        </div>
      )}
      <div className="pin-actions">
        <Button kind="primary" busy={busy} onClick={start}>
          {t('history.export.start')}
        </Button>
        {task === null ? (
          <Button unavailable={busy} onClick={onClose}>
            {t('frame.keys.close')}
          </Button>
        ) : (
          <Button onClick={() => void bridge.history.cancelExport()}>{t('history.export.stop')}</Button>
        )}
      </div>
    </Dialog>
  );
}
