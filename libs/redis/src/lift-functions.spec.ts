import { liftFunctions } from './lift-functions';

describe('the functions of a Lua text', () => {
  it('are lifted out of it, with the locals they see, which each run sets anew', () => {
    const { prelude, body } = liftFunctions(
      `
local key, other = KEYS[1], 2
local seen
-- end
local function see(what)
  if what then
    seen = key
  end
end
local look = function ()
  return seen
end
see(other)
return look()
`,
      [],
    );
    expect(prelude.split('\n')).toEqual([
      'local key, other, seen',
      'local function see(what)',
      '  if what then',
      '    seen = key',
      '  end',
      'end',
      'local look = function ()',
      '  return seen',
      'end',
    ]);
    expect(body.trim().split('\n')).toEqual([
      'key, other = KEYS[1], 2',
      'seen = nil',
      '-- end',
      'see(other)',
      'return look()',
    ]);
  });

  it.each([
    ['needs the keys itself', 'local function f()\n  return KEYS[1]\nend\nreturn f()'],
    ['ends in its own line', 'local function f() return 1 end\nreturn f()'],
    ['is not indented', 'local function f()\nreturn 1\nend\nreturn f()'],
    ['is within another block', 'do\n  local function f()\n    return 1\n  end\nend'],
  ])('stay where they are if one of them %s', (_why, lua) => {
    expect(liftFunctions(lua, ['f'])).toEqual({
      prelude: '',
      body: lua,
      includes: new Map(),
    });
  });

  it('are run once per command where that is asked for, with those of Redis', () => {
    const { prelude } = liftFunctions(
      'local function trim(key)\n  return key\nend\nlocal function other()\nend\nreturn trim(KEYS[1])',
      ['trim', 'gone', 'cjson.decode'],
    );
    expect(prelude).toContain('\ntrim = once(trim)');
    expect(prelude).toContain(
      '\nlocal cjson = setmetatable({ decode = read_once(cjson.decode) }, { __index = cjson })\n',
    );
    expect(prelude).not.toContain('gone');
    expect(prelude).not.toContain('other = once');
  });
});
