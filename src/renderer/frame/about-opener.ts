/** @file Opens what there is to read about the program, from wherever in the page. */
import { createContext, useContext } from 'react';

export const AboutContext = createContext<() => void>(() => undefined);

export const useAbout = (): (() => void) => useContext(AboutContext);
