/** @file A setting that is yes or no. */
import { Tick } from '../../ui/field.tsx';
import { usePickedSetting } from './use-setting.ts';

interface TickSettingProps {
  readonly name: 'codeInSubject';
  readonly title: string;
  readonly text: string;
}

export function TickSetting({ name, title, text }: TickSettingProps) {
  const { value, pick } = usePickedSetting(name, title);
  return <Tick title={title} text={text} checked={value} onChecked={pick} />;
}
