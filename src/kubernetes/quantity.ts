const SUFFIXES: { readonly [suffix: string]: number } = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/**
 * What a quantity of Kubernetes comes to, in cores or bytes; NaN for another text.
 *
 * @param quantity such as 250m or 64Mi
 */
export function amountOf(quantity: string | number): number {
  const [, digits, suffix = ''] = /^([0-9.]+)([a-zA-Z]*)$/.exec(`${quantity}`) ?? [];
  return Number(digits) * (SUFFIXES[suffix] ?? Number.NaN);
}
