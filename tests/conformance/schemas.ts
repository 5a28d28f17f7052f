import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import jsonFeed from 'jsonfeed-schema'
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

/** What a schema finds wrong, in words; empty where nothing is. */
export type Check = (document: unknown) => readonly string[]

function checkBy(validate: ValidateFunction): Check {
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath} ${message} ${JSON.stringify(params)}`,
        )
}

/** JSON Feed 1.1, by the schema of npm's jsonfeed-schema. */
export function jsonFeedCheck(): Check {
  const ajv = new Ajv({ allErrors: true, strict: false })
  formats.default(ajv)
  return checkBy(ajv.compile(jsonFeed))
}

/**
 * ninjs 3.1, by IPTC's schema. It refers to the schema of GeoJSON, of which nothing is needed but
 * that it is an object with a type.
 */
export function ninjsCheck(): Check {
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  formats.default(ajv)
  ajv.addSchema({
    $id: 'https://geojson.org/schema/GeoJSON.json',
    type: 'object',
    required: ['type'],
  })
  return checkBy(ajv.compile(JSON.parse(fixture('ninjs-schema_3.1.json')) as object))
}

/** Atom, by the grammar of RFC 4287 (RELAX NG), as libxml2 reads it. */
export function atomCheck(): Check {
  const grammar = XmlDocument.fromString(fixture('atom.rng'))
  const validator = RelaxNGValidator.fromDoc(grammar)
  return (source) => {
    try {
      using document = XmlDocument.fromString(String(source))
      validator.validate(document)
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  }
}
