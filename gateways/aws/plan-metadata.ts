import { METADATA_HEADERS } from "../metadata-answer.ts";
import type { GatewayModel } from "../model/gateway-model.ts";

/** The name of the function in the template. */
const FUNCTION = "ResourceMetadata";

/** An HTTP API cannot answer by itself, so a function of one line answers a client that knows the API's address alone (RFC 9728). */
export function planMetadataFunction({ metadata }: GatewayModel) {
  if (metadata === undefined) return {};
  const answer = { statusCode: 200, headers: METADATA_HEADERS, body: JSON.stringify(metadata.document) };
  return {
    [FUNCTION]: {
      Type: "AWS::Serverless::Function",
      Properties: {
        InlineCode: `exports.handler = async () => (${JSON.stringify(answer)});\n`,
        Handler: "index.handler",
        Runtime: "nodejs22.x",
        Architectures: ["arm64"],
        Timeout: 5,
      },
    },
    [`${FUNCTION}Permission`]: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: { Ref: FUNCTION },
        Principal: "apigateway.amazonaws.com",
        SourceArn: {
          "Fn::Sub": `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/GET/.well-known/*`,
        },
      },
    },
  };
}

/** Paths of the API's OpenAPI document; no authorizer stands before them. */
export function planMetadataPaths({ metadata }: GatewayModel): Readonly<Record<string, object>> {
  const operation = {
    get: {
      "x-amazon-apigateway-integration": {
        type: "aws_proxy",
        httpMethod: "POST",
        uri: {
          "Fn::Sub": `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${FUNCTION}.Arn}/invocations`,
        },
        payloadFormatVersion: "2.0",
      },
    },
  };
  return Object.fromEntries((metadata?.paths ?? []).map((path) => [path, operation]));
}
