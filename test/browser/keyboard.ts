import type { Locator, Page } from 'playwright-core';

/** What the focus is on, and whether it can be seen that it is: an outline on it, or on what stands for it. */
const FOCUS = `(() => {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return { name: 'nothing', visible: true };
  // Check boxes, switches and segments are drawn by an element beside the hidden input, or by its label.
  const drawn = [focused, focused.nextElementSibling, focused.parentElement, ...(focused.labels ?? [])];
  const isOutlined = (element) => {
    if (element === null) return false;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 3 && height > 3 &&
      !/^(transparent|rgba\\(.*, 0\\))$/.test(outlineColor);
  };
  const name = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent ?? '';
  const { top, left, bottom, right } = focused.getBoundingClientRect();
  return {
    name: focused.tagName.toLowerCase() + ' "' + name.slice(0, 60) + '"',
    visible: drawn.some(isOutlined) && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
  };
})()`;

interface Focus {
  readonly name: string;
  readonly visible: boolean;
}

const isFocused = async (goal: Locator): Promise<boolean> =>
  (await goal.and(goal.page().locator(':focus')).count()) > 0;

/**
 * Presses Tab, at most so many times, until the focus is on `goal`. Throws when it does not get there, or when the focus
 * cannot be seen on the way.
 */
export async function tabTo(page: Page, goal: Locator, most: number): Promise<void> {
  const passed: string[] = [];
  await goal.first().waitFor();
  for (let presses = 0; presses <= most; presses++) {
    if (presses > 0) await page.keyboard.press('Tab');
    const { name, visible } = await page.evaluate<Focus>(FOCUS);
    if (presses > 0 && !visible) throw new Error(`The focus on ${name} cannot be seen`);
    if (await isFocused(goal.first())) return;
    if (presses > 0) passed.push(name);
  }
  throw new Error(`Not there after ${most} times Tab: ${passed.join(', ')}`);
}

/** Presses the arrow key, at most so many times, until the focus is on `goal`: in menus and radio groups. */
export async function arrowTo(page: Page, goal: Locator, key: 'ArrowDown' | 'ArrowRight', most = 20): Promise<void> {
  await goal.waitFor();
  for (let presses = 0; presses <= most; presses++) {
    if (presses > 0) await page.keyboard.press(key);
    if (await isFocused(goal)) return;
  }
  throw new Error(`Not there after ${most} times ${key}`);
}
