/**
 * @file An address as text: it keeps its own direction inside any sentence, is read as one word, and breaks before the @
 * first.
 */
import './address-text.css';

const sidesOf = (address: string): readonly [local: string, domain: string] => {
  const at = address.lastIndexOf('@');
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)];
};

export function AddressText({ address }: { readonly address: string }) {
  const [local, domain] = sidesOf(address);
  return (
    <bdi className="mailbox">
      {local}
      {/* Hidden, because a place to break is read as a gap. */}
      <wbr aria-hidden="true" />
      {domain}
    </bdi>
  );
}

/** On one line where there is little room: what is before the @ is cut, and the domain only when it fills the line. */
export function AddressLine({ address }: { readonly address: string }) {
  const [local, domain] = sidesOf(address);
  return (
    <bdi title={address}>
      <span className="unseen">{address}</span>
      <span className="mailbox-line" aria-hidden="true">
        <span>{local}</span>
        <span>{domain}</span>
      </span>
    </bdi>
  );
}
