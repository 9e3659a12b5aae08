import { type Draft, hasOthers, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import { podLabelProblems } from './extra-rules';

const PATH: Path = ['metrics', 'credentialSecret'];

/** Scrapers have a credential of their own where there is no certificate, and only where credentials are asked for. */
export function checkMetrics({ authentication, metrics }: Draft<MirrorSettings>): RuleProblem[] {
  const labels = present(metrics?.from).flatMap(([index, { podLabels }]) =>
    podLabelProblems(podLabels, ['metrics', 'from', index, 'podLabels']),
  );
  return [...labels, ...checkCredential(authentication, metrics)];
}

function checkCredential(
  authentication: Draft<MirrorSettings>['authentication'],
  metrics: Draft<MirrorSettings>['metrics'],
): RuleProblem[] {
  if (metrics === undefined || authentication === undefined) return [];
  const [basic, mutualTls] = (['basic', 'mutualTls'] as const).map((method) => isGiven(authentication, method));
  if (basic && !mutualTls && !hasOthers(metrics, ['from'])) {
    const message =
      "missing; with basic alone scrapers have no certificate, and the mirror's own credential would let them read " +
      'images: name a Secret with one of their own, such as mirror-metrics-credential';
    return [invalidPlace(PATH, message)];
  }
  if (metrics.credentialSecret === undefined || basic || !mutualTls) return [];
  const message = 'it is for basic authentication, and with mutualTls alone scrapers show a certificate: leave it out';
  return [invalidValue(PATH, metrics.credentialSecret, message)];
}
