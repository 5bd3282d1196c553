// Signatures by PKI.js: is this CMS over these bytes, and whose certificate lies in it? Chain, revocation and
// roots are not judged: whatever came along would have to be believed for that.

import { ContentInfo, SignedData, TSTInfo, TimeStampResp, getCrypto } from 'pkijs';
import { digest } from './hashing.js';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const COMMON_NAME = '2.5.4.3';
const ORGANISATION = '2.5.4.10';

export const canVerify = () => Boolean(globalThis.crypto?.subtle && getCrypto(false));

/** Length of the DER element at the beginning, head included; null when there is none. */
export function derLength(bytes) {
  if (bytes.length < 2) return null;
  const first = bytes[1];
  if (first < 0x80) return first + 2;
  const count = first & 0x7f;
  if (count === 0 || count > 4 || bytes.length < 2 + count) return null;
  let length = 0;
  for (let at = 2; at < 2 + count; at += 1) length = length * 256 + bytes[at];
  const whole = length + 2 + count;
  return whole <= bytes.length ? whole : null;
}

const nameOf = (name) => {
  const part = (type) => name.typesAndValues.find((one) => one.type === type)?.value.valueBlock.value;
  return part(COMMON_NAME) ?? part(ORGANISATION) ?? '';
};

/** `{intact, signer, issuer, certificate, time}` of a SignedData over `data`; null when it cannot be read. */
async function judged(info, data) {
  if (info.contentType !== SIGNED_DATA) return null;
  const signed = new SignedData({ schema: info.content });
  if (signed.signerInfos.length !== 1) return null;
  const isTimestamp = signed.encapContentInfo.eContentType === TST_INFO;
  // PKI.js would look at the content inside instead of what lies outside.
  if (!isTimestamp && signed.encapContentInfo.eContent) return { intact: false };
  let result;
  try {
    result = await signed.verify({ signer: 0, data, checkChain: false, extendedMode: true });
  } catch (error) {
    result = { signatureVerified: false, signerCertificate: error.signerCertificate };
  }
  const certificate = result.signerCertificate;
  const told = { intact: result.signatureVerified === true, isTimestamp };
  if (certificate) {
    told.signer = nameOf(certificate.subject);
    told.issuer = nameOf(certificate.issuer);
    told.certificate = digest('sha256', new Uint8Array(certificate.toSchema().toBER(false)));
  }
  if (isTimestamp) told.time = TSTInfo.fromBER(signed.encapContentInfo.eContent.getValue()).genTime;
  else told.time = signingTime(signed.signerInfos[0]);
  return told;
}

function signingTime(signer) {
  const attribute = signer.signedAttrs?.attributes.find((one) => one.type === '1.2.840.113549.1.9.5');
  return attribute?.values[0]?.toDate?.();
}

/** As `judged`, of the DER of a ContentInfo. */
export async function cms(der, data) {
  try {
    return await judged(ContentInfo.fromBER(der), data);
  } catch {
    return null;
  }
}

/** As `judged`, of an RFC 3161 response over `data`. */
export async function timestampResponse(der, data) {
  try {
    const token = TimeStampResp.fromBER(der).timeStampToken;
    return token ? await judged(token, data) : null;
  } catch {
    return null;
  }
}
