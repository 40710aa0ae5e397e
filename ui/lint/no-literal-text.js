// Every word on the screen comes from src/messages, so that it can be translated and reviewed in one place.

const SPOKEN_ATTRIBUTES = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'label',
]);
const LETTER = /\p{L}/u;

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'no words in markup outside src/messages' },
    schema: [],
    messages: { words: 'Words on the screen belong in src/messages: "{{text}}".' },
  },
  create(context) {
    const report = (node, text) => {
      if (LETTER.test(text)) context.report({ node, messageId: 'words', data: { text: text.trim() } });
    };
    return {
      SvelteText(node) {
        const parent = node.parent?.type;
        if (parent === 'SvelteStyleElement' || parent === 'SvelteScriptElement') return;
        report(node, node.value);
      },
      SvelteAttribute(node) {
        if (!SPOKEN_ATTRIBUTES.has(node.key.name)) return;
        for (const part of node.value) if (part.type === 'SvelteLiteral') report(part, part.value);
      },
      'SvelteMustacheTag > Literal'(node) {
        const attribute = node.parent.parent;
        if (attribute?.type === 'SvelteAttribute' && !SPOKEN_ATTRIBUTES.has(attribute.key.name)) return;
        if (typeof node.value === 'string') report(node, node.value);
      },
    };
  },
};
