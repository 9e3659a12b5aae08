import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { AccountsChart } from '../tokens/constructs/accounts-chart';
import type { ResolvedObjects } from './resolve';

/**
 * Gives each object of a stack the user's labels and annotations.
 *
 * @param scope the stack, complete
 * @param settings the labels and annotations
 */
export function addCommonMetadata(scope: Construct, { labels, annotations }: ResolvedObjects): void {
  for (const object of scope.node.findAll().filter(ApiObject.isApiObject)) {
    // They are the owners': an owner's tool would lose its object by a label such as managed-by.
    if (object.node.scope instanceof AccountsChart) continue;
    for (const [key, value] of Object.entries(labels)) object.metadata.addLabel(key, value);
    for (const [key, value] of Object.entries(annotations)) object.metadata.addAnnotation(key, value);
  }
}
