import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { ResolvedStack } from '../../stack/resolve';
import { makeParts } from '../../stack/stack-parts';
import type { Manifest } from '../kubectl/kubectl-writer';

/** All objects of a stack, as `synth` writes them. */
export function stackObjects(stack: ResolvedStack): Manifest[] {
  const app = new App();
  makeParts(new Construct(new Chart(app, 'secured-mirror'), 'stack'), stack);
  return app.node
    .findAll()
    .filter(Chart.isChart)
    .flatMap((chart): Manifest[] => chart.toJson());
}
