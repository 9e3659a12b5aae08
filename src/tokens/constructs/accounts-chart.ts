import { Chart, Names } from 'cdk8s';
import type { Construct } from 'constructs';

const ID = 'service-accounts';

/**
 * ServiceAccounts of workloads, in a file of their own: they stay when the stack is deleted by its file. The file is called after the
 * chart around it, such as `shop-service-accounts.k8s.yaml`. Only the first of several stacks in one chart has this name.
 */
export class AccountsChart extends Chart {
  public constructor(scope: Construct) {
    const around = Chart.of(scope);
    const others = around.node.findAll().filter((construct) => Chart.isChart(construct) && construct.node.id === ID);
    super(scope, ID);
    if (others.length > 0) return;
    const name = `${Names.toDnsLabel(around)}-${ID}`;
    // cdk8s names a file after the path of its chart, with all ids and a hash, unless the path is a single name. A chart outside of the
    // stack would have one, but stay when a program removes the stack.
    Object.defineProperty(this.node, 'path', { value: name });
    const { root } = this.node;
    this.node.addValidation({
      validate: () => {
        const isTaken = root.node.tryFindChild(name) !== undefined;
        return isTaken
          ? [`another chart has the name of the file with ServiceAccounts: call it otherwise than ${name}`]
          : [];
      },
    });
  }
}
