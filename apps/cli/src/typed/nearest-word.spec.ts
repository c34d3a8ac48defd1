import { didYouMean, nearestWord } from './nearest-word';

describe('what was probably meant', () => {
  it.each([
    ['runing', ['queued', 'running', 'paused'], 'running'],
    ['skp', ['allow', 'skip', 'wait'], 'skip'],
    ['Skip', ['allow', 'skip', 'wait'], 'skip'],
    ['CRON', ['cli', 'cron'], 'cron'],
    ['a', ['A', 'B', 'C'], 'A'],
  ])('%j is a slip of one of %j', (typed, words, meant) => {
    expect(nearestWord(typed, words)).toBe(meant);
    expect(didYouMean(typed, words)).toBe(` (did you mean ${meant}?)`);
  });

  it.each([
    ['foo', ['allow', 'skip', 'wait']],
    ['foo', ['queued', 'running', 'failed']],
    ['chat', ['cli', 'cron']],
    ['Z', ['A', 'B', 'C']],
    ['foo', ['demo', 'dev', 'run']],
    ['', ['allow']],
  ])('%j is no slip of any of %j, and none is proposed', (typed, words) => {
    expect(nearestWord(typed, words)).toBeUndefined();
    expect(didYouMean(typed, words)).toBe('');
  });
});
