"""Checks every vector with python3-jwcrypto, by docs/receipt-format.md alone and with none of Countersign's code.

Prints one JSON object: for each file the faults found and, for receipts, what is shown. Text is not compared: by the
document it is not signed, and only the token is judged.
"""

import base64
import hashlib
import json
import pathlib
import re
import sys

from jwcrypto import jwk, jws

ISSUER = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
DESK, PRACTICE = "countersign+sd-jwt", "countersign-practice+sd-jwt"
EVENTS = {
    "journal-begun": [],
    "verification-ended": ["ended", "reference", "result", "purpose", "guesses", "sends", "delivery", "policy"],
    "account-changed": [],
    "policy-changed": ["policy"],
    "operators-changed": [],
    "key-changed": ["key"],
    "address-erased": ["references"],
    "entries-lost": ["from", "to"],
}


class Fault(Exception):
    """Its text is the fault's name in vectors.json."""


def decoded(text):
    """Base64url in its one spelling."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise Fault("signature") from None
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != text:
        raise Fault("signature")
    return raw


def parsed(text):
    """JSON in which no object names a member twice."""

    def members(pairs):
        if len(dict(pairs)) != len(pairs):
            raise ValueError("a member is there twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=members)


def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode("ascii")).digest()).rstrip(b"=").decode()


def is_key(value):
    try:
        return (
            set(value) == {"kty", "crv", "x"}
            and (value["kty"], value["crv"]) == ("OKP", "Ed25519")
            and len(decoded(value["x"])) == 32
        )
    except (TypeError, Fault):
        return False


def count(value, least=0):
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def well_formed(claims):
    """Step 5."""
    by_name = {
        "ended": lambda v: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", v),
        "reference": lambda v: isinstance(v, str) and v,
        "result": lambda v: v in ("verified", "expired", "locked", "cancelled"),
        "purpose": lambda v: isinstance(v, str) and v,
        "guesses": count,
        "sends": count,
        "delivery": lambda v: v in ("sending", "accepted", "refused", "unknown", "interrupted", "returned"),
        "policy": lambda v: all(isinstance(name, str) and count(number) for name, number in v.items()),
        "key": is_key,
        "references": lambda v: all(isinstance(reference, str) for reference in v),
        "from": lambda v: count(v, 1),
        "to": lambda v: count(v, 1),
    }
    try:
        return (
            claims["ver"] == 1
            and claims["iss"].startswith(ISSUER)
            and count(claims["n"], 1)
            and (claims["n"] == 1) == (claims["prev"] is None)
            and count(claims["iat"])
            and isinstance(claims["app"], str)
            and claims["_sd_alg"] == "sha-256"
            and len(set(claims["_sd"])) == len(claims["_sd"])
            and all(by_name[name](claims[name]) for name in EVENTS[claims["event"]])
        )
    except (KeyError, TypeError, AttributeError):
        return False


def entry_of(token):
    """Steps 2, 3 and 5: the claims, the type and the thumbprint of the key."""
    parts = token.split(".")
    if len(parts) != 3:
        raise Fault("signature")
    try:
        header = parsed(decoded(parts[0]))
        payload = decoded(parts[1]).decode()
        decoded(parts[2])
    except ValueError:
        raise Fault("signature") from None
    if set(header) != {"alg", "typ", "jwk"} or header["alg"] != "EdDSA" or not is_key(header["jwk"]):
        raise Fault("signature")
    key = jwk.JWK(**header["jwk"])
    signed = jws.JWS()
    signed.allowed_algs = ["EdDSA"]
    try:
        signed.deserialize(token, key)
    except (jws.InvalidJWSSignature, jws.InvalidJWSObject):
        raise Fault("signature") from None
    try:
        claims = parsed(payload)
    except ValueError:
        raise Fault("unknown") from None
    if isinstance(claims, dict) and count(claims.get("ver"), 2):
        raise Fault("later")
    if header["typ"] not in (DESK, PRACTICE) or not well_formed(claims):
        raise Fault("unknown")
    return claims, header["typ"], key.thumbprint()


def disclosure_of(text, digests):
    """Step 6."""
    forms = {
        "address": lambda v: isinstance(v, str),
        "details": lambda v: all(set(detail) == {"name", "value"} for detail in v),
        "case": lambda v: set(v) == {"ticket", "note"},
        "operator": lambda v: isinstance(v, str),
        "account": lambda v: isinstance(v, str),
    }
    if digest(text) not in digests:
        raise Fault("disclosure")
    try:
        salt, name, value = parsed(decoded(text))
        good = isinstance(salt, str) and forms[name](value)
    except (Fault, ValueError, KeyError, TypeError):
        good = False
    if not good:
        raise Fault("disclosure")
    return name, value


def receipt(file):
    lines = file.strip().split("\n")
    marks = ["-----BEGIN SIGNED TOKEN-----", "-----END SIGNED TOKEN-----"]
    if len(lines) > 1:
        if any(mark not in lines for mark in marks):
            raise Fault("token")
        lines = lines[lines.index(marks[0]) + 1 : lines.index(marks[1])]
    token, *disclosures = "".join(lines).split("~")
    if not disclosures:
        raise Fault("token")
    claims, kind, key = entry_of(token)
    if disclosures.pop() != "":
        raise Fault("disclosure")
    shown = {}
    for text in disclosures:
        name, value = disclosure_of(text, claims["_sd"])
        if name in shown:
            raise Fault("disclosure")
        shown[name] = value
    return {"faults": [], "n": claims["n"], "practice": kind == PRACTICE, "keys": [key], "shown": shown}


def journal(file):
    keys, before, seen = [], None, {}
    for line in file.rstrip("\n").split("\n"):
        claims, kind, key = entry_of(line)
        n = claims["n"]
        if before is None:
            first = (claims["iss"], kind)
            expected, allowed = 1, claims["iss"][len(ISSUER) :]
        else:
            last, last_line, allowed = before
            expected = last["n"] + 1
        if (claims["iss"], kind) != first:
            raise Fault("journal")
        if n in seen:
            raise Fault("doubled" if seen[n] == line else "forked")
        if n != expected:
            later = any(entry_of(other)[0]["n"] == expected for other in file.rstrip("\n").split("\n"))
            raise Fault("order" if later else "missing")
        if key != allowed:
            raise Fault("key")
        if before is not None and claims["prev"] != digest(last_line):
            raise Fault("chain")
        if before is not None and claims["iat"] < last["iat"]:
            raise Fault("time")
        seen[n] = line
        keys += [key] if key not in keys else []
        following = jwk.JWK(**claims["key"]).thumbprint() if claims["event"] == "key-changed" else key
        before = (claims, line, following)
    return {"faults": [], "keys": keys}


def check(path):
    file = path.read_text(encoding="utf-8")
    try:
        return receipt(file) if path.name.startswith("receipt") else journal(file)
    except Fault as fault:
        return {"faults": [str(fault)]}


folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
print(json.dumps({path.name: check(path) for path in sorted(folder.glob("*.txt"))}))
