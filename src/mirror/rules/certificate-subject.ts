import { type Draft, present } from '../../settings/draft';
import { checkRepeated } from '../../settings/repeated';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { CertificateSubjectProps } from '../props/certificate-subject-props';
import type { MirrorSettings } from '../props/mirror-settings';

/** What is wrong with an item of a list, if anything. */
type Check = (item: string) => string | undefined;

/** Lists of a subject. How long an item may be stands in RFC 5280, appendix A.1, and for addresses in X.520. */
const LISTS: { readonly [key in keyof Omit<CertificateSubjectProps, 'serialNumber'>]-?: Check } = {
  organizations: upTo(64),
  organizationalUnits: upTo(64),
  countries: (item) => (/^[A-Z]{2}$/.test(item) ? undefined : 'expected two capital letters, such as DE'),
  provinces: upTo(128),
  localities: upTo(128),
  streetAddresses: upTo(128),
  postalCodes: upTo(40),
};

/** Names in a subject are what X.509 allows. */
export function checkCertificateSubject({ authentication }: Draft<MirrorSettings>): RuleProblem[] {
  const subject = authentication?.mutualTls?.certificates?.subject;
  return (Object.keys(LISTS) as (keyof typeof LISTS)[]).flatMap((key) => {
    const path = ['authentication', 'mutualTls', 'certificates', 'subject', key];
    const mistakes = present(subject?.[key]).flatMap(([index, item]) => {
      const message = LISTS[key](item);
      return message === undefined ? [] : [invalidValue([...path, index], item, message)];
    });
    return [...mistakes, ...checkRepeated(subject?.[key], path)];
  });
}

function upTo(longest: number): Check {
  return (item) =>
    item.trim() === '' || [...item].length > longest ? `expected a text of 1 to ${longest} characters` : undefined;
}
