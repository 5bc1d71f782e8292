import { Button, Group } from "@mantine/core";
import { IconArrowBackUp, IconCheck, IconCut, IconRestore, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Act } from "./rules";
import { useActWords } from "./words";

const ICONS: Record<Act, ReactNode> = {
  approve: <IconCheck size={16} />,
  reject: <IconX size={16} />,
  reverse: <IconArrowBackUp size={16} />,
  refund: <IconCut size={16} />,
  reinstate: <IconRestore size={16} />,
};

/** What the state allows, as buttons; the first is the likeliest. */
export function ActButtons({ acts, onAct }: { acts: readonly Act[]; onAct: (act: Act) => void }) {
  const word = useActWords();
  return (
    <Group gap="xs">
      {acts.map((act) => (
        <Button
          key={act}
          variant={act === "approve" ? "filled" : "default"}
          leftSection={ICONS[act]}
          onClick={() => onAct(act)}
        >
          {word(act)}
        </Button>
      ))}
    </Group>
  );
}
