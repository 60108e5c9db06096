import { createPrivateKey, X509Certificate } from 'node:crypto';

export const isCertificate = (pem: string): boolean => succeeds(() => new X509Certificate(pem));
export const isPrivateKey = (pem: string): boolean => succeeds(() => createPrivateKey(pem));

/** Of two texts that are a certificate and a private key. */
export const belongTogether = (certificate: string, key: string): boolean =>
  succeeds(() => new X509Certificate(certificate)) && new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));

function succeeds(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    // What is wrong with a PEM is not told: the error may repeat parts of a key.
    return false;
  }
}
