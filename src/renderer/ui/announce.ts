/** @file The way for any part of the page to say something aloud; the frame's announcer says it. */
import { createContext, useContext } from 'react';

export const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Says a text once, after the one that is being said. */
export const useAnnounce = (): ((text: string) => void) => useContext(AnnounceContext);
