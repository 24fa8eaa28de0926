import { describe, expect, it } from 'vitest';
import { html, prose } from './html.ts';

describe('a page', () => {
  it('shows text as it is, whatever is in it', () => {
    expect(html`<p>${'<script>alert("1")</script>'} ${"it's"} &amp; ${'a & b'} ${7}</p>`.html).toBe(
      '<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; it&#39;s &amp; a &amp; b 7</p>',
    );
  });

  it('takes HTML that was made so, alone and in a list, and nothing for nothing', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${undefined}${html`<hr>`}`.html).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>');
  });

  it('sets what stands between backticks as code', () => {
    expect(prose('`<b>` is 409, `after` is not').html).toBe('<code>&lt;b&gt;</code> is 409, <code>after</code> is not');
  });
});
