// Prints where both Helms and promtool are, as JSON, fetching what is not there.
import { debianTool } from '../check/tools/debian-tool.mjs';
import { helmTool } from '../check/tools/helm.mjs';

const [helm3, helm4, promtool] = await Promise.all([helmTool(3), helmTool(4), debianTool('promtool')]);
console.log(JSON.stringify({ helm: { 3: helm3, 4: helm4 }, promtool }));
