/**
 * @file An address as text: it keeps its own direction inside any sentence, and breaks before the @ first.
 */
export function AddressText({ address }: { readonly address: string }) {
  const at = address.lastIndexOf('@');
  return (
    <bdi className="mailbox">
      {at < 0 ? (
        address
      ) : (
        <>
          {address.slice(0, at)}
          <wbr />
          {address.slice(at)}
        </>
      )}
    </bdi>
  );
}
