/**
 * @file The people at the desk: added, renamed, given a PIN, removed. A PIN that is set is never shown again.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_OPERATORS, type OperatorView, PIN_DIGITS, type PinChange } from '../../../shared/access.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { PinField } from '../../frame/pin-field.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Field, Tick } from '../../ui/field.tsx';
import { useFaultFocus } from '../../ui/focus.ts';
import './operators.css';

export function Operators({ operators }: { readonly operators: readonly OperatorView[] }) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <h2>{t('access.settings.operators')}</h2>
      {operators.length === 0 && <p>{t('access.settings.noOperators')}</p>}
      <ul className="operators">
        {operators.map((operator) => (
          <li key={operator.id}>
            {edited === operator.id ? (
              <OperatorForm operator={operator} onClose={() => setEdited(null)} />
            ) : (
              <Line operator={operator} onEdit={() => setEdited(operator.id)} />
            )}
          </li>
        ))}
      </ul>
      {adding ? (
        <OperatorForm operator={null} onClose={() => setAdding(false)} />
      ) : operators.length < MOST_OPERATORS ? (
        <div className="section-actions">
          <Button onClick={() => setAdding(true)}>{t('access.settings.add')}</Button>
        </div>
      ) : (
        <p className="hint">{t('access.full', { most: MOST_OPERATORS })}</p>
      )}
    </>
  );
}

function Line({ operator, onEdit }: { readonly operator: OperatorView; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const { id, name, pin } = operator;
  const remove = () =>
    run(async () => {
      const answer = await bridge.access.removeOperator({ id });
      setAsking(false);
      setProblem(answer.ok ? null : answer.problem);
    });
  return (
    <>
      <div className="operator">
        <span className="operator-name">
          <bdi>{name}</bdi>
        </span>
        <span className="operator-pin">{t(pin ? 'access.settings.hasPin' : 'access.settings.noPin')}</span>
        <Button kind="quiet" onClick={onEdit}>
          <span aria-hidden="true">{t('access.settings.edit')}</span>
          <span className="unseen">{t('access.settings.editOf', { name })}</span>
        </Button>
        <Button kind="quiet" onClick={() => setAsking(true)}>
          <span aria-hidden="true">{t('access.settings.remove')}</span>
          <span className="unseen">{t('access.settings.removeOf', { name })}</span>
        </Button>
      </div>
      <Trouble problem={problem} />
      {asking && (
        <Confirm
          title={t('access.settings.removeTitle', { name })}
          confirm={t('access.settings.remove')}
          cancel={t('settings.keep')}
          busy={busy}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>{t('access.settings.removeText')}</p>
        </Confirm>
      )}
    </>
  );
}

/** `operator`: null for a new one. */
function OperatorForm({
  operator,
  onClose,
}: {
  readonly operator: OperatorView | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  const { form, focusFault } = useFaultFocus();
  const [name, setName] = useState(operator?.name ?? '');
  const [withPin, setWithPin] = useState(operator?.pin ?? false);
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<{ readonly of: 'name' | 'pin'; readonly text: string } | null>(null);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);

  const show = (of: 'name' | 'pin', text: string) => {
    setFault({ of, text });
    focusFault();
  };
  const save = async () => {
    setProblem(null);
    const change: PinChange = !withPin
      ? { change: 'none' }
      : pin === '' && operator?.pin === true
        ? { change: 'keep' }
        : { change: 'set', pin };
    const answer =
      operator === null
        ? await bridge.access.addOperator({ name, pin: change })
        : await bridge.access.changeOperator({ id: operator.id, name, pin: change });
    if (answer.ok) {
      onClose();
      return;
    }
    const { problem: why } = answer;
    if (why.code === 'operator-name') show('name', t(`access.nameFaults.${why.why}`));
    else if (why.code === 'pin') show('pin', t(`access.pinFaults.${why.why}`));
    else setProblem(why);
  };
  return (
    <form
      ref={form}
      className="operator-form"
      noValidate
      aria-label={
        operator === null ? t('access.settings.add') : t('access.settings.editOf', { name: operator.name })
      }
      onSubmit={(event) => {
        event.preventDefault();
        run(save);
      }}
    >
      <Field
        label={t('access.settings.name')}
        value={name}
        fault={fault?.of === 'name' ? fault.text : null}
        onValue={(value) => {
          setName(value);
          setFault(null);
        }}
      />
      <Tick
        title={t('access.settings.askPin')}
        text={t('access.settings.askPinText')}
        checked={withPin}
        onChecked={setWithPin}
      />
      {withPin && (
        <PinField
          label={
            name.trim() === '' ? t('access.pin') : t('access.settings.newOperatorPin', { name: name.trim() })
          }
          hint={
            operator?.pin === true
              ? t('access.settings.keepPin')
              : t('access.settings.newPinHint', PIN_DIGITS.operator)
          }
          value={pin}
          fault={fault?.of === 'pin' ? fault.text : null}
          onValue={(value) => {
            setPin(value);
            setFault(null);
          }}
        />
      )}
      <Trouble problem={problem} />
      <div className="section-actions">
        <Button kind="primary" type="submit" busy={busy}>
          {t('access.settings.save')}
        </Button>
        <Button unavailable={busy} onClick={onClose}>
          {t('access.settings.cancel')}
        </Button>
      </div>
    </form>
  );
}
