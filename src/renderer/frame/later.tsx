/**
 * @file A part of the page that is read when it is first opened, so that the start has less to read. Not `React.lazy`, which
 * holds what has been read back for 300 ms after its place was empty.
 */
import { useLayoutEffect, useState, type ComponentType } from 'react';
import { readTexts } from '../i18n/i18n.ts';

export interface Later<Props> {
  /** In its place; empty for the moment that reading takes. */
  readonly Part: ComponentType<Props>;
  /** Reads it ahead of need. */
  readonly read: () => Promise<ComponentType<Props>>;
}

export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  let there: ComponentType<Props> | null = null;
  const read = async (): Promise<ComponentType<Props>> => {
    const [part] = await Promise.all([load(), readTexts()]);
    return (there ??= part);
  };

  function Part(props: Props) {
    const [Loaded, setLoaded] = useState(() => there);
    useLayoutEffect(() => {
      if (Loaded !== null) return;
      const shown = (part: ComponentType<Props>) => setLoaded(() => part);
      // Thrown while rendering, it reaches the page's own screen for what fails.
      const failed = (error: unknown) =>
        setLoaded(() => {
          throw error;
        });
      read().then(shown, failed);
    }, [Loaded]);
    return Loaded === null ? null : <Loaded {...props} />;
  }
  return { Part, read };
}
