// A JSON Schema from the TypeScript interfaces that cdk8s generates of a CRD: names, types, what is required, enums.
import ts from 'typescript';

/** @returns the schema of interface `root`, refusing what it does not name */
export function schemaOfTypes(source, root) {
  const file = ts.createSourceFile('types.d.ts', source, ts.ScriptTarget.ES2022, true);
  const declared = new Map();
  for (const statement of file.statements)
    if (ts.isInterfaceDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isClassDeclaration(statement))
      declared.set(statement.name?.text, statement);
  return schemaOfName(root, declared);
}

function schemaOfName(name, declared) {
  const declaration = declared.get(name);
  if (declaration === undefined) return {};
  if (ts.isEnumDeclaration(declaration)) return { enum: declaration.members.map(({ initializer }) => initializer.text) };
  // cdk8s wraps "integer or text" in a class with one field.
  if (ts.isClassDeclaration(declaration)) return { type: ['number', 'string', 'boolean'] };
  const members = declaration.members.filter(ts.isPropertySignature);
  const properties = Object.fromEntries(members.map((member) => [nameOf(member), schemaOfType(member.type, declared)]));
  const required = members.filter(({ questionToken }) => questionToken === undefined).map(nameOf);
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

/** cdk8s renames to camel case; the comment keeps the true name. */
function nameOf(member) {
  const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'schema');
  return String(tag?.comment ?? member.name.text)
    .split('#')
    .at(-1);
}

function schemaOfType(type, declared) {
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: schemaOfType(type.elementType, declared) };
  if (ts.isTypeReferenceNode(type)) return schemaOfName(type.typeName.text, declared);
  if (ts.isTypeLiteralNode(type)) {
    const [index] = type.members.filter(ts.isIndexSignatureDeclaration);
    return { type: 'object', additionalProperties: index === undefined ? true : schemaOfType(index.type, declared) };
  }
  const plain = {
    [ts.SyntaxKind.StringKeyword]: 'string',
    [ts.SyntaxKind.NumberKeyword]: 'number',
    [ts.SyntaxKind.BooleanKeyword]: 'boolean',
  };
  return plain[type.kind] === undefined ? {} : { type: plain[type.kind] };
}
