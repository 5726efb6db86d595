import { entitySchemas } from '@jupiterone/data-model';
import { describe, expect, it, vi } from 'vitest';
import { EntityValidator } from './entity-validator.js';

const account = {
  _key: 'acme-account-1',
  _type: 'acme_account',
  _class: ['Account'],
  name: 'Acme',
  displayName: 'Acme',
  vendor: 'Acme Inc.',
};

/** A type's schema as the SDK's createEntityMetadata makes it: the class by reference, then the type's own part. */
const accountType = {
  $id: '#acme_account',
  allOf: [{ $ref: '#Account' }, { type: 'object', properties: { plan: { type: 'string' } }, required: ['plan'] }],
};

function classValidator(): EntityValidator {
  return new EntityValidator({ schemas: Object.values(entitySchemas) });
}

describe('EntityValidator', () => {
  it('accepts an entity that has what its class asks for', () => {
    const validation = classValidator().validateEntity(account);

    expect(validation).toEqual({
      isValid: true,
      errors: null,
      skippedSchemas: [{ schemaId: '#acme_account', reason: 'not-found', type: 'type' }],
    });
  });

  it('accepts a class that is not in an array', () => {
    expect(classValidator().validateEntity({ ...account, _class: 'Account' }).isValid).toBe(true);
  });

  it('names every broken rule, inherited ones too, each with its property', () => {
    const { isValid, errors } = classValidator().validateEntity({
      _key: 'short',
      _type: 'acme_account',
      _class: ['Account'],
      name: 3,
      webLink: 'not a link',
      'tag/wrong': true,
    });

    expect(isValid).toBe(false);
    expect(errors).toEqual(
      [
        ['tag/wrong', 'must match pattern "^(_|tag\\.)?[A-Za-z0-9. -]+$"', 'pattern'],
        ['tag/wrong', 'property name must be valid', 'propertyNames'],
        ['_key', 'must NOT have fewer than 10 characters', 'minLength'],
        ['displayName', "must have required property 'displayName'", 'required'],
        ['name', 'must be string', 'type'],
        ['webLink', 'must match format "uri"', 'format'],
        ['vendor', "must have required property 'vendor'", 'required'],
      ].map(([property, message, validation]) => ({ schemaId: '#Account', property, message, validation })),
    );
  });

  it('never repeats a value', () => {
    const { errors } = classValidator().validateEntity({ ...account, _key: 'c4n4ry', webLink: 'c4n4ry' });

    expect(errors).toHaveLength(2);
    expect(JSON.stringify(errors)).not.toContain('c4n4ry');
  });

  it.each([
    ['an item of a list', { ipAddress: ['192.0.2.1', 'no'] }, 'ipAddress', 'format'],
    ['an enumeration', { osType: 'beos' }, 'osType', 'enum'],
  ])('names the property when %s is wrong', (_case, part, property, validation) => {
    const schema = {
      $id: '#Thing',
      type: 'object',
      properties: {
        ipAddress: { type: 'array', items: { type: 'string', format: 'ip' } },
        osType: { enum: ['linux'] },
      },
    };

    const { errors } = new EntityValidator({ schemas: [schema] }).validateEntity({
      _class: ['Thing'],
      _type: 'acme_thing',
      ...part,
    });

    expect(errors).toMatchObject([{ property, validation }]);
  });

  it('unescapes the name of a property that holds a slash and a tilde', () => {
    const schema = { $id: '#Thing', type: 'object', properties: { 'a/b~c': { type: 'string' } } };

    const { errors } = new EntityValidator({ schemas: [schema] }).validateEntity({
      _class: ['Thing'],
      _type: 'acme_thing',
      'a/b~c': 1,
    });

    expect(errors).toMatchObject([{ property: 'a/b~c' }]);
  });

  it('applies the schema of the type instead of its classes', () => {
    const validator = classValidator().addSchemas(accountType);

    const validation = validator.validateEntity(account);

    expect(validation).toEqual({
      isValid: false,
      errors: [
        {
          schemaId: '#acme_account',
          property: 'plan',
          message: "must have required property 'plan'",
          validation: 'required',
        },
      ],
      skippedSchemas: [{ schemaId: '#Account', reason: 'type-already-validated', type: 'class' }],
    });
  });

  it('applies what the type inherits from its class by reference', () => {
    const { errors } = classValidator()
      .addSchemas(accountType)
      .validateEntity({ ...account, vendor: undefined, plan: 'gold' });

    expect(errors).toMatchObject([{ schemaId: '#acme_account', property: 'vendor', validation: 'required' }]);
  });

  it('applies type and classes when asked to', () => {
    const validator = classValidator().addSchemas(accountType);

    const validation = validator.validateEntity(
      { ...account, plan: 'gold', mfaEnabled: 'yes' },
      {
        forceClassValidationWithValidatedType: true,
      },
    );

    expect(validation.errors).toMatchObject([
      { schemaId: '#acme_account', property: 'mfaEnabled' },
      { schemaId: '#Account', property: 'mfaEnabled' },
    ]);
    expect(validation.skippedSchemas).toBeNull();
  });

  it('names classes without a schema instead of failing', () => {
    const validation = classValidator().validateEntity({ ...account, _class: ['Account', 'Nonsense'] });

    expect(validation).toEqual({
      isValid: true,
      errors: null,
      skippedSchemas: [
        { schemaId: '#acme_account', reason: 'not-found', type: 'type' },
        { schemaId: '#Nonsense', reason: 'not-found', type: 'class' },
      ],
    });
  });

  it('replaces a schema of the same $id, also where a compiled schema refers to it', () => {
    const validator = new EntityValidator({
      schemas: [
        { $id: '#Base', type: 'object', required: ['old'] },
        { $id: '#Derived', allOf: [{ $ref: '#Base' }] },
      ],
    });
    const derived = { _type: 'acme_derived', _class: ['Derived'], new: 1 };
    const before = validator.validateEntity(derived);

    validator.addSchemas([{ $id: '#Base', type: 'object', required: ['new'] }]);

    expect(before.errors).toMatchObject([{ property: 'old' }]);
    expect(validator.validateEntity(derived).isValid).toBe(true);
  });

  it('knows every class of the data model', () => {
    const validator = classValidator();

    const unknown = Object.keys(entitySchemas).filter((name) =>
      validator
        .validateEntity({ _type: 'acme_thing', _class: [name] })
        .skippedSchemas?.some(({ schemaId }) => schemaId === `#${name}`),
    );

    expect(Object.keys(entitySchemas)).toHaveLength(102);
    expect(unknown).toEqual([]);
  });

  it('writes nothing to the console about schemas that leave their types to others', () => {
    const output = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')];
    const validator = classValidator().addSchemas({
      $id: '#acme_account',
      allOf: [{ $ref: '#Account' }, { properties: { plan: { items: [{ type: 'string' }] } }, required: ['plan'] }],
    });

    const { isValid } = validator.validateEntity({ ...account, plan: ['gold'] });

    expect(isValid).toBe(true);
    for (const method of output) expect(method).not.toHaveBeenCalled();
  });

  it.each([[{}], [{ $id: '' }], [[{ $id: 1 }]]])('refuses a schema without an identifier: %j', (schema) => {
    expect(() => new EntityValidator().addSchemas(schema)).toThrow(/^A schema needs an \$id/);
  });
});
