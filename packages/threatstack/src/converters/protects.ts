import { createMappedRelationship, type Entity, type MappedRelationship } from '@jupiterone/integration-sdk-core';
import { AGENT_PROTECTS_AWS_INSTANCE, AGENT_PROTECTS_SERVER } from '../data-model.js';
import { isEc2InstanceId } from './ec2-instance-id.js';
import { serverNames } from './host-names.js';

/**
 * The relationships of an agent to the host that it runs on: the EC2 instance where its id is known, else the servers that go
 * by the host's name. Neither host is ever created, only found: a placeholder could not be adopted by the integration that
 * owns hosts of that kind.
 *
 * @param agent an entity of type `threatstack_agent`
 */
export function protectsRelationships(agent: Readonly<Entity>): MappedRelationship[] {
  const instanceId = stringOf(agent['instanceId']);
  if (instanceId !== undefined && isEc2InstanceId(instanceId)) return [protectsInstance(agent._key, instanceId)];
  return serverNames({ hostname: stringOf(agent['hostname']), fqdn: stringOf(agent['fqdn']) }).map((name) =>
    protectsServer(agent._key, name),
  );
}

function protectsInstance(agentKey: string, instanceId: string): MappedRelationship {
  return createMappedRelationship({
    _class: AGENT_PROTECTS_AWS_INSTANCE._class,
    _type: AGENT_PROTECTS_AWS_INSTANCE._type,
    _key: `${agentKey}|protects|${instanceId}`,
    _mapping: {
      relationshipDirection: AGENT_PROTECTS_AWS_INSTANCE.direction,
      sourceEntityKey: agentKey,
      // By instance id, because the key of an instance is its ARN, and an agent tells neither account nor region.
      targetFilterKeys: [['_type', 'instanceId']],
      targetEntity: { _class: 'Host', _type: AGENT_PROTECTS_AWS_INSTANCE.targetType, instanceId },
      skipTargetCreation: true,
    },
  });
}

function protectsServer(agentKey: string, hostname: string): MappedRelationship {
  return createMappedRelationship({
    _class: AGENT_PROTECTS_SERVER._class,
    _type: AGENT_PROTECTS_SERVER._type,
    _key: `${agentKey}|protects|server:${hostname}`,
    _mapping: {
      relationshipDirection: AGENT_PROTECTS_SERVER.direction,
      sourceEntityKey: agentKey,
      targetFilterKeys: [['_type', 'hostname']],
      targetEntity: {
        _class: 'Host',
        _type: AGENT_PROTECTS_SERVER.targetType,
        hostname,
        name: hostname,
        displayName: hostname,
      },
      skipTargetCreation: true,
    },
  });
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
