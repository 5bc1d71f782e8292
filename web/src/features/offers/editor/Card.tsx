import { Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./editor.module.css";

interface Props {
  title: string;
  hint?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A part of a form or of a page on a surface of its own. */
export function Card({ title, hint, action, children }: Props) {
  return (
    <section className={classes.card}>
      <div className={classes.goalHead}>
        <div>
          <Title order={2} size="h3">
            {title}
          </Title>
          {hint ? (
            <Text c="dimmed" size="sm">
              {hint}
            </Text>
          ) : null}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
