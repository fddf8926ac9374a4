/**
 * @file Asks for the owner's PIN when main turned a call away for want of it, wherever in the window that was; the call is
 * then made again. What was typed stays where it is.
 */
import { useEffect, useState } from 'react';
import { onOwnerNeeded, useView } from '../bridge.ts';
import { later } from './later.tsx';

const { Part: OwnerDialog } = later(async () => (await import('./owner-dialog.tsx')).OwnerDialog);

export function OwnerGate() {
  const { access } = useView();
  const [asking, setAsking] = useState<{ readonly answer: (given: boolean) => void } | null>(null);
  const isThere = access.on && !access.unreadable;
  useEffect(() => {
    if (!isThere) return;
    const stop = onOwnerNeeded(
      () =>
        new Promise((resolve) => {
          setAsking((earlier) => {
            earlier?.answer(false);
            return { answer: resolve };
          });
        }),
    );
    return () => {
      stop();
      // Nobody can answer it any more; who asked goes on.
      setAsking((earlier) => {
        earlier?.answer(false);
        return null;
      });
    };
  }, [isThere]);
  if (asking === null || !isThere) return null;
  return (
    <OwnerDialog
      onEnd={(given) => {
        asking.answer(given);
        setAsking(null);
      }}
    />
  );
}
