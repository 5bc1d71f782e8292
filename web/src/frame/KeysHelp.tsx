import { Group, Kbd, Modal, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Workplace } from "~/domain/person";
import { NAVIGATION } from "./navigation";
import { navigationWord } from "./navigationWord";

/** All keys that work, opened by `?`. */
export default function KeysHelp({ workplace, onClose }: { workplace: Workplace; onClose: () => void }) {
  const { t } = useTranslation("frame");
  const everywhere = [
    { keys: ["Ctrl", "K"], text: t("keys.palette") },
    { keys: ["/"], text: t("keys.search") },
    { keys: ["?"], text: t("keys.help") },
    { keys: ["j", "k"], text: t("keys.rows") },
    { keys: ["Enter"], text: t("keys.open") },
    { keys: ["Space"], text: t("keys.select") },
    { keys: ["m"], text: t("keys.menu") },
    { keys: ["Esc"], text: t("keys.close") },
  ];
  const judging = [
    { keys: ["a"], text: t("keys.approve") },
    { keys: ["r"], text: t("keys.reject") },
  ];
  const going = NAVIGATION[workplace]
    .flat()
    .map((entry) => ({ keys: ["g", entry.key], text: navigationWord(t, entry.name) }));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("keys.title")}
      size="md"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack gap="lg">
        <Keys
          title={t("keys.everywhere")}
          keys={workplace === "partner" ? everywhere : [...everywhere, ...judging]}
        />
        <Keys title={t("keys.going")} keys={going} />
      </Stack>
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: { keys: string[]; text: string }[] }) {
  return (
    <Table aria-label={title} withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {keys.map((line) => (
          <Table.Tr key={line.text}>
            <Table.Td w={110}>
              <Group gap={4}>
                {line.keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </Group>
            </Table.Td>
            <Table.Td>
              <Text>{line.text}</Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
