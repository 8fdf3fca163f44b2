/**
 * Imports a package that may not be there. Its name comes as a value, which neither the compiler nor a bundler looks up.
 *
 * @param what how to call it
 * @throws Error if it is not installed; whatever it throws itself
 */
export async function importOptional(name: string, what: string): Promise<unknown> {
  return import(name).catch((error: unknown) => {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    throw isAbsent ? new Error(`${what} is not installed`) : error;
  });
}
