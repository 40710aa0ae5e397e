// The content security policy refuses style attributes in markup; `style:width={…}` goes through the CSSOM and is fine.

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'no style attributes, which the content security policy refuses' },
    schema: [],
    messages: { style: 'The content security policy refuses style="…"; use a class or a style: directive.' },
  },
  create(context) {
    return {
      SvelteAttribute(node) {
        if (node.key.name === 'style') context.report({ node, messageId: 'style' });
      },
    };
  },
};
