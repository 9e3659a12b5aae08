import { resolvePaths } from '../platforms';
import type { Platform } from '../props/containerd-props';
import { aksSettings, gkeSettings } from './clouds';
import { containerdSettings } from './containerd';
import { eksSettings } from './eks';
import { k0sSettings } from './k0s';
import { kindSettings } from './kind';
import { microk8sSettings } from './microk8s';
import { k3sSettings, rke2Settings } from './rancher';
import type { PlatformSettings, SettingsFor } from './step';
import { talosSettings } from './talos';

const SETTINGS: Record<Platform, SettingsFor> = {
  containerd: containerdSettings,
  k3s: k3sSettings,
  rke2: rke2Settings,
  k0s: k0sSettings,
  microk8s: microk8sSettings,
  talos: talosSettings,
  eks: eksSettings,
  gke: gkeSettings,
  aks: aksSettings,
  kind: kindSettings,
};

/**
 * The settings of containerd that a mirror needs on the nodes of a platform, as texts to paste.
 *
 * @param platform what the nodes run
 * @param version containerd's version, such as 2.4.2; steps for every version when it is not known
 * @param paths where containerd keeps its registry settings, if elsewhere than on the platform's nodes
 * @param mainFile version of the node's main file; steps for every version when it is not known
 */
export function platformSettings(
  platform: Platform,
  version?: string,
  paths: { readonly registryConfig: string } = resolvePaths(platform),
  mainFile?: number,
): PlatformSettings {
  const settings = SETTINGS[platform](paths.registryConfig);
  const major = version === undefined ? undefined : Number.parseInt(version, 10);
  const tables = mainFile === undefined ? undefined : Math.min(mainFile, 3);
  const fits = (wanted: number | undefined, known: number | undefined) =>
    wanted === undefined || known === undefined || wanted === known;
  const steps = settings.steps.filter((step) => fits(step.containerd, major) && fits(step.mainFile, tables));
  return { ...settings, steps };
}
