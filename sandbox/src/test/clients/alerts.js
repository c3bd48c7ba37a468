// Reads a topic with kafkajs, decodes every value through the schema registry with two clients, and writes it again with both.
// Prints one line of JSON a record and client: {client, key, value, written}, where written is the value's bytes in base64.
//
//     node alerts.js BOOTSTRAP_SERVERS REGISTRY_URL TOPIC COUNT
import confluent from '@confluentinc/schemaregistry';
import kafkajsRegistry from '@kafkajs/confluent-schema-registry';
import kafkajs from 'kafkajs';

const [brokers, registryUrl, topic, count] = process.argv.slice(2);

const kafkajsClient = new kafkajsRegistry.SchemaRegistry({ host: registryUrl });
const confluentClient = confluent.SchemaRegistryClient.newClient({ baseURLs: [registryUrl] });
const reader = new confluent.AvroDeserializer(confluentClient, confluent.SerdeType.VALUE, {});
const writer = new confluent.AvroSerializer(confluentClient, confluent.SerdeType.VALUE, {
    autoRegisterSchemas: false,
    useLatestVersion: true,
});

function print(client, message, value, written) {
    const key = message.key.toString();
    console.log(JSON.stringify({ client, key, value, written: written.toString('base64') }));
}

async function tryClients(message) {
    const byKafkajs = await kafkajsClient.decode(message.value);
    print('@kafkajs/confluent-schema-registry', message, byKafkajs, await kafkajsClient.encode(message.value.readInt32BE(1), byKafkajs));
    const byConfluent = await reader.deserialize(topic, message.value);
    print('@confluentinc/schemaregistry', message, byConfluent, await writer.serialize(topic, byConfluent));
}

const kafka = new kafkajs.Kafka({ clientId: 'independent', brokers: brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId: `independent-${process.pid}` });
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
let left = Number(count);
await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
    consumer
        .run({
            eachMessage: async ({ message }) => {
                try {
                    await tryClients(message);
                } catch (error) {
                    reject(error);
                    return;
                }
                left -= 1;
                if (left === 0) {
                    resolve();
                }
            },
        })
        .catch(reject);
});
await consumer.disconnect();
process.exit(0);
