/**
 * How many files and connections this process may have open at once; `Infinity` where there is no limit, or none that
 * can be known (Windows). Node raises the limit as far as it may when it starts.
 */
export function openFilesLimit(): number {
  // Looking up the names of the network's addresses takes seconds on some machines.
  if ('excludeNetwork' in process.report) process.report.excludeNetwork = true;
  const report: unknown = process.report.getReport();
  const soft = field(field(field(report, 'userLimits'), 'open_files'), 'soft');
  return typeof soft === 'number' ? soft : Infinity;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null && name in of ? Reflect.get(of, name) : undefined;
}
