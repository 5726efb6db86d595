import { join } from 'node:path';
import { Application, LogLevel, TSConfigReader, TypeDocReader } from 'typedoc';
import { expect, it } from 'vitest';
import { WORKSPACE } from './workspace.js';

it(
  'everything that the shared libraries export is documented, and no link leads nowhere',
  { timeout: 600_000 },
  async () => {
    const options = { options: join(WORKSPACE, 'tools/reference'), logLevel: LogLevel.Error };
    const app = await Application.bootstrap(options, [new TypeDocReader(), new TSConfigReader()]);
    const project = await app.convert();
    if (project !== undefined) app.validate(project);

    expect(project?.children?.map(({ name }) => name)).toEqual(['flow-control/src', 'http/src', 'integration/src']);
    const { errorCount, warningCount, validationWarningCount } = app.logger;
    expect({ errorCount, warningCount, validationWarningCount }).toEqual({
      errorCount: 0,
      warningCount: 0,
      validationWarningCount: 0,
    });
  },
);
