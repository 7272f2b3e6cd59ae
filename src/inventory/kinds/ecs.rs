//! What ECS tells.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::environment::Variable;
use crate::inventory::schema::{Fields, Kind};
use crate::{kind, record};

/// Its kinds.
pub fn kinds() -> Vec<Kind> {
    vec![
        Cluster::kind(),
        Image::kind(),
        Service::kind(),
        TaskDefinition::kind(),
    ]
}

kind! {
    /// A cluster.
    "ecs.cluster" as cluster: Cluster, listed by ["ecs:ListClusters"] {
        /// Name.
        name: String => ["ecs:DescribeClusters"],
        /// Container Insights: `enabled`, `enhanced` or `disabled`.
        insights: String => ["ecs:DescribeClusters"],
        /// Where sessions of ECS Exec are logged: `DEFAULT` (where the container logs), `OVERRIDE` (where the cluster says)
        /// or `NONE`.
        session_logs: String => ["ecs:DescribeClusters"],
        /// Services and tasks that it runs.
        running: i64 => ["ecs:DescribeClusters"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["ecs:DescribeClusters"],
    }
}

kind! {
    /// A service: what keeps a number of tasks running.
    "ecs.service" as service: Service, listed by ["ecs:ListClusters", "ecs:ListServices"] {
        /// Name.
        name: String => ["ecs:DescribeServices"],
        /// ARN of its cluster.
        cluster_arn: String => ["ecs:DescribeServices"],
        /// `ACTIVE`, `DRAINING` or `INACTIVE`.
        status: String => ["ecs:DescribeServices"],
        /// `REPLICA`, which keeps the wanted number of tasks, or `DAEMON`, which keeps one on each machine.
        scheduling: String => ["ecs:DescribeServices"],
        /// Who replaces old tasks by new ones: `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
        deployed_by: String => ["ecs:DescribeServices"],
        /// Tasks it should run.
        wanted: i64 => ["ecs:DescribeServices"],
        /// Tasks it runs.
        running: i64 => ["ecs:DescribeServices"],
        /// ARN of its task definition.
        task_definition_arn: String => ["ecs:DescribeServices"],
        /// Whether its tasks get public addresses.
        public_ip: bool => ["ecs:DescribeServices"],
        /// Subnets its tasks are placed in; empty where they share the network of their machine.
        subnet_ids: Vec<String> => ["ecs:DescribeServices"],
        /// Whether a deployment that fails is rolled back, by the circuit breaker or by alarms.
        rolls_back: bool => ["ecs:DescribeServices"],
        /// Whether ECS Exec opens sessions in its containers.
        sessions: bool => ["ecs:DescribeServices"],
        /// What Application Auto Scaling calls it: `service/cluster/name`.
        scaling_id: String => ["ecs:DescribeServices"],
        /// Tags; empty where there are none.
        tags: BTreeMap<String, String> => ["ecs:DescribeServices"],
    }
}

record! {
    /// One container of a task.
    pub struct Container {
        /// Name.
        name: String,
        /// Image, as the definition has it.
        image: String,
        /// Whether it has all the rights of its machine.
        privileged: bool,
        /// Who it runs as; none: whoever its image says.
        user: Option<String>,
        /// Whether it can write to its own file system.
        read_only: bool,
        /// What takes its output: `awslogs`, `awsfirelens`, …; none: nothing does.
        log_driver: Option<String>,
        /// The variables of its environment that the definition holds; empty where there are none. References to secrets are
        /// not among them.
        environment: Vec<Variable>,
        /// What kinds of secrets words of its command lines looked like; empty: no word looked like one.
        commands_look_like: Vec<String>,
    }
}

kind! {
    /// A revision of a task definition that a service or a running task uses.
    "ecs.task_definition" as definition: TaskDefinition,
    listed by ["ecs:ListClusters", "ecs:ListServices", "ecs:DescribeServices", "ecs:ListTasks", "ecs:DescribeTasks"] {
        /// Family.
        family: String => ["ecs:DescribeTaskDefinition"],
        /// `awsvpc`, `bridge`, `host` or `none`; none: the default of its operating system.
        network: Option<String> => ["ecs:DescribeTaskDefinition"],
        /// Whether it shares its machine's processes or their memory, and so sees what others run there.
        shares_processes: bool => ["ecs:DescribeTaskDefinition"],
        /// ARN of the role of its programs; none: they have none of their own.
        role_arn: Option<String> => ["ecs:DescribeTaskDefinition"],
        /// Its containers.
        containers: Vec<Container> => ["ecs:DescribeTaskDefinition"],
    }
}

kind! {
    /// An image of this account and region that a running task uses.
    "ecs.image" as image: Image,
    listed by ["ecs:ListClusters", "ecs:ListTasks", "ecs:DescribeTasks"] {
        /// Name of its repository.
        repository: String,
        /// Digest: `sha256:…`.
        digest: String,
        /// When it was pushed.
        pushed: Timestamp => ["ecr:DescribeImages"],
        /// What became of its scan: `COMPLETE`, `ACTIVE` (scanned again and again), `FAILED`, `UNSUPPORTED_IMAGE`, …; none: it
        /// was not scanned.
        scan: Option<String> => ["ecr:DescribeImageScanFindings"],
        /// When it was last scanned to the end; none: never.
        scanned: Option<Timestamp> => ["ecr:DescribeImageScanFindings"],
        /// Critical weaknesses that the last scan found; none: it has found nothing out.
        critical: Option<i64> => ["ecr:DescribeImageScanFindings"],
        /// Severe weaknesses that the last scan found; none: it has found nothing out.
        high: Option<i64> => ["ecr:DescribeImageScanFindings"],
    }
}
