/**
 * @file What is wrong with what was typed, in words, in view as soon as it is there.
 */
import { Icon } from './icon.tsx';
import { useReveal } from './focus.ts';

interface FaultProps {
  readonly id?: string;
  readonly text: string;
  /** plain: the way out is offered beside it. */
  readonly tone?: 'no' | 'plain';
}

export function Fault({ id, text, tone = 'no' }: FaultProps) {
  const own = useReveal<HTMLParagraphElement>();
  return (
    <p className="fault" ref={own} id={id} data-tone={tone}>
      {tone === 'no' && <Icon name="caution" />}
      {text}
    </p>
  );
}
