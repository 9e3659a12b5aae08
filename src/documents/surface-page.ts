import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** What a doc comment says. */
export interface Docs {
  /** The text before the tags. */
  readonly text: string;
  /** Tags by their names, `param` apart. */
  readonly tags: ReadonlyMap<string, string>;
  /** Texts of `@param`, by the names of parameters. */
  readonly params: ReadonlyMap<string, string>;
}

/** A parameter of a method. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** A property or a method, or a constructor, whose name is `constructor`. */
export interface Member {
  readonly name: string;
  readonly docs: Docs;
  /** Its type, or what it returns, as it is written. */
  readonly type: string;
  readonly optional: boolean;
  readonly isStatic: boolean;
  readonly isReadonly: boolean;
  /** Where it can be called. */
  readonly parameters?: Parameter[];
}

/** A class, an interface or a type that is exported. */
export interface Declaration {
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'type';
  readonly docs: Docs;
  /** What it extends, or what a type stands for, as it is written. */
  readonly from: string[];
  readonly members: Member[];
}

/**
 * All that an entry of the package exports, in the order of its exports.
 *
 * @param entry the file: it exports whole files and nothing else
 * @throws Error where something is exported in another way, or is neither class, interface nor type
 */
export function surfaceOf(entry: string): Declaration[] {
  return parsed(entry).statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return [];
    const from = ts.isExportDeclaration(statement) && !statement.exportClause ? statement.moduleSpecifier : undefined;
    if (from === undefined || !ts.isStringLiteral(from)) throw new Error(`${entry}: it exports whole files only`);
    return declarationsIn(`${resolve(dirname(entry), from.text)}.ts`);
  });
}

function parsed(file: string): ts.SourceFile {
  if (!existsSync(file)) throw new Error(`${file}: there is no such file`);
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function declarationsIn(file: string): Declaration[] {
  return parsed(file).statements.flatMap((statement): Declaration[] => {
    if (!(ts.canHaveModifiers(statement) && modifiers(statement).has(ts.SyntaxKind.ExportKeyword))) return [];
    if (ts.isTypeAliasDeclaration(statement)) {
      const { name, type } = statement;
      const parts = ts.isIntersectionTypeNode(type) ? [...type.types] : [type];
      const members = parts
        .filter(ts.isTypeLiteralNode)
        .flatMap((literal) => [...literal.members])
        .flatMap(memberOf);
      const from = parts.filter((part) => !ts.isTypeLiteralNode(part)).map((part) => part.getText());
      return [{ name: name.text, kind: 'type', docs: docsOf(statement), from, members }];
    }
    const isClass = ts.isClassDeclaration(statement);
    if (!isClass && !ts.isInterfaceDeclaration(statement)) throw new Error(`${file}: an export of another kind`);
    const from = (statement.heritageClauses ?? []).flatMap(({ types }) => types.map((type) => type.getText()));
    const members = [...(statement.members as ts.NodeArray<ts.ClassElement | ts.TypeElement>)].flatMap(memberOf);
    const kind = isClass ? 'class' : 'interface';
    return [{ name: statement.name?.text ?? '', kind, docs: docsOf(statement), from, members }];
  });
}

function memberOf(node: ts.ClassElement | ts.TypeElement): Member[] {
  const given = ts.canHaveModifiers(node) ? modifiers(node) : new Set<ts.SyntaxKind>();
  if (given.has(ts.SyntaxKind.PrivateKeyword) || given.has(ts.SyntaxKind.ProtectedKeyword)) return [];
  const isConstructor = ts.isConstructorDeclaration(node);
  const callable = isConstructor || ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
  if (!callable && !ts.isPropertyDeclaration(node) && !ts.isPropertySignature(node)) return [];
  const type = node.type?.getText() ?? (ts.isPropertyDeclaration(node) ? node.initializer?.getText() : undefined) ?? '';
  const docs = docsOf(node);
  const parameters = callable ? { parameters: [...node.parameters].map((one, at) => parameterOf(one, at, docs)) } : {};
  return [
    {
      name: isConstructor ? 'constructor' : (node.name?.getText() ?? ''),
      docs,
      type,
      optional: !isConstructor && node.questionToken !== undefined,
      isStatic: given.has(ts.SyntaxKind.StaticKeyword),
      isReadonly: given.has(ts.SyntaxKind.ReadonlyKeyword),
      ...parameters,
    },
  ];
}

function parameterOf(node: ts.ParameterDeclaration, index: number, docs: Docs): Parameter {
  const optional = node.questionToken !== undefined || node.initializer !== undefined;
  // One that is taken apart at once has its name in the comment alone.
  const name = ts.isIdentifier(node.name) ? node.name.text : ([...docs.params.keys()][index] ?? node.name.getText());
  return { name, type: node.type?.getText() ?? '', optional };
}

function modifiers(node: ts.HasModifiers): Set<ts.SyntaxKind> {
  return new Set((ts.getModifiers(node) ?? []).map(({ kind }) => kind));
}

function docsOf(node: ts.Node): Docs {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node);
  const text = (comment: ts.JSDocTag['comment']) => (ts.getTextOfJSDocComment(comment) ?? '').trim();
  return {
    text: comments.map(({ comment }) => text(comment)).join('\n'),
    tags: new Map(tags.map(({ tagName, comment }) => [tagName.text, text(comment)])),
    params: new Map(tags.filter(ts.isJSDocParameterTag).map(({ name, comment }) => [name.getText(), text(comment)])),
  };
}
