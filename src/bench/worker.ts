/**
 * The other half of `JobWorkers`: runs jobs in a process of its own, one at a time.
 */
export { runJob } from "rivulet";

// A terminal sends Ctrl-C to the whole group: the process that started this one says when it is over.
process.on("SIGINT", () => {});
