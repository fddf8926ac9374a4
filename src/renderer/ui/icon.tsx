/**
 * @file The few drawings of the program, as paths in the page: no icon font, no request, no dependency.
 * Decoration only; the words beside them carry the meaning.
 */
const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  caution: 'M12 4 2.8 20h18.4L12 4zM12 10v4.5M12 17.2v.1',
  stop: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7.5v5.5M12 16.3v.1',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.7v.1',
  mail: 'M3.5 6h17v12.5h-17zM4 6.5l8 6.5 8-6.5',
  building: 'M5 20.5V4.5h9v16M14 9.5h5v11M3 20.5h18M8.5 8.5h2M8.5 12h2M8.5 15.5h2',
  server: 'M4 4.5h16v6H4zM4 13.5h16v6H4zM7.5 7.5h.1M7.5 16.5h.1',
  practice: 'M4 19.5l1-4L16.5 4 20 7.5 8.5 19l-4.5.5zM14 6.5l3.5 3.5',
  sliders: 'M4 7h9M17 7h3M15 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  list: 'M4 7h16M4 12h16M4 17h10',
  next: 'M9 5.5l6.5 6.5L9 18.5',
  close: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  person: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5a7.5 7.5 0 0 1 15 0',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
} as const;
export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The program's mark: a signature in a frame. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect x="1.5" y="1.5" width="21" height="21" rx="6" />
      <path d="M6.5 14.5c2.2 0 3.4-6.5 5.2-6.5 1.6 0 .2 6 1.9 6 1 0 1.6-1.6 3.9-1.6" />
      <path className="mark-line" d="M6.5 18h11" />
    </svg>
  );
}

/** A round sign above a title, where there is no seal. */
export function Sign({ name }: { readonly name: IconName }) {
  return (
    <span className="sign">
      <Icon name={name} />
    </span>
  );
}

/** The seal on a verified address. */
export function Seal() {
  return (
    <svg className="seal" viewBox="0 0 84 84" aria-hidden="true" focusable="false">
      <circle className="seal-rim" cx="42" cy="42" r="40" />
      <circle className="seal-face" cx="42" cy="42" r="31" />
      <path className="seal-tick" d="M28 43.5l9.5 9.5L57 32.5" pathLength="1" />
    </svg>
  );
}
