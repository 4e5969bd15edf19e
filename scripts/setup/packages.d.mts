/** Whether all of the folder's lock is installed. */
export function isInstalled(folder: string): boolean;
/** Installs what the folder's lock names unless it is there already. @returns whether it installed; throws SetupProblem */
export function installPackages(folder: string, name: string): Promise<boolean>;
